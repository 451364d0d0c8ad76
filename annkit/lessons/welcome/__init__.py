"""Chapter 0, welcome: in comes a handwritten digit, out goes a picture of it beside its numbers."""
