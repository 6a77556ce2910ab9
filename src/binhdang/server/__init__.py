"""The server: what a province runs. Django's rooms, each a slice that can be read alone. Needs `binhdang[server]`."""
