"""A Polish fiscal printer of the Online generation, written from its published protocol."""
