-- How many proofs of a customer wait for their verdict is counted with each that is handed in.
CREATE INDEX operations_running_of_customer ON operations (customer_id) WHERE state = 'running';
