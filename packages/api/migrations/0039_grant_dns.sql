-- How clients of the grant find their endpoints, where a connection does not say it by itself. Null
-- counts as `endpoint`.
ALTER TABLE grants
  ADD COLUMN dns text CHECK (dns IN ('endpoint', 'hosted-zone', 'profile', 'none'));
