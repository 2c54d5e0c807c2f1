"""Articles from elsewhere: folders and archives of Markdown and HTML, help-centre exports. markdownify lives here only."""
