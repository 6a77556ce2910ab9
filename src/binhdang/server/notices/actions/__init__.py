"""Acts on notices: post, mark as read, choose how one is told, make and send letters."""
