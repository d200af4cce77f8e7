-- What a customer's request changes of its own is named to the column, so that no query of one ever
-- gives it more: standing for an account, a state, services or scopes of a key. A row lock asks for
-- the right to update something.
REVOKE UPDATE ON accounts, customers, challenges, api_keys FROM sallyport_customer;
GRANT UPDATE (updated_at) ON accounts, customers TO sallyport_customer;
GRANT UPDATE (spent_at) ON challenges TO sallyport_customer;
GRANT UPDATE (expires_at, revoked_at) ON api_keys TO sallyport_customer;
ALTER POLICY own ON accounts
  WITH CHECK (customer_id = (SELECT current_setting('sallyport.customer', true))
    AND standing = 'claimed');
