"""What every page is made of: base templates, components, wording, errors. It knows no other room."""
