"""slabot: answers, severity and tickets with promises it can prove."""
