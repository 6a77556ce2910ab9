"""One module a stage: tidy → document → outline → citations → agencies → dues → targets → tasks → budget → duties."""
