"""Work in the background: asked for in an act, done by a worker process, followed, cancelled, taken up again after a kill."""
