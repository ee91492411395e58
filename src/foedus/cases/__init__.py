"""Cases: claims about one episode, gathered into rival accounts."""
