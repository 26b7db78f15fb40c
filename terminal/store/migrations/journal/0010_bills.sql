-- Bills stand in the list of transactions, which is read by time.

CREATE INDEX nonfiscal_bill_by_time ON nonfiscal_bill (at);
