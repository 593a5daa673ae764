"""Pictures drawn on the server as SVG. Each has its equal in a table on the page that shows it; the SVG alone says its title and what it shows."""
