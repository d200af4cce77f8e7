-- What runs with the rights of the service looks for tables among temporary ones last. Where that is
-- not said they come first, and one that a customer's session made would get the history.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['keep_principal_periods', 'keep_account_periods'] LOOP
    EXECUTE format('ALTER FUNCTION %I() SET search_path = %I, pg_temp', name, current_schema());
  END LOOP;
END $$;
