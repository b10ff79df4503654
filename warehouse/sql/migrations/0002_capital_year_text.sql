-- Programmes with a row a scheme and year print the year beside each amount, not over it.
ALTER TABLE facts.capital_profile ADD COLUMN year_text VARCHAR;
