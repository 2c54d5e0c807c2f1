"""Policy files: what a support manager writes becomes what the domain computes with."""

from slabot.policies.holiday_tables import package_versions
from slabot.policies.loader import PolicyFile, load_workspace, read_policy, read_policy_text, workspaces
from slabot.policies.problems import PolicyError, Problem, UnknownWorkspace

__all__ = [
    "PolicyError",
    "PolicyFile",
    "Problem",
    "UnknownWorkspace",
    "load_workspace",
    "package_versions",
    "read_policy",
    "read_policy_text",
    "workspaces",
]
