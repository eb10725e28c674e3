"""The story of the demo estate, told in the lines its people would have typed. Each file is a part of it."""
