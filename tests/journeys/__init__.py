"""Five people's whole ways through a questionnaire, in pictures. `make journeys` takes them anew."""
