"""A Novitus fiscal printer with NoviAPI, without the printer."""
