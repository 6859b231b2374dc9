"""Whole ways in pictures: five people's through a questionnaire, and an evaluator's first wave."""
