"""The outside world: rosters, papers written in an editor, other programs' files."""
