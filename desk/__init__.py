"""The service desk's own process: sockets, pages, pictures, and the way to the bot worker."""
