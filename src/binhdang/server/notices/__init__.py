"""Notices: what people are told in the page and by letter, once an agency or once a person, as each of them chooses."""
