-- Entries of the journal are found by their place in their store's sequence.
CREATE INDEX journal ON movements (store, epoch, offset) WHERE kind = 'journal';
