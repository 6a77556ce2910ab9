"""The room's pages: people, posts, coming in for the first time, files of people, the journal."""
