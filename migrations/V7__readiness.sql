-- The service calls itself ready only on the tables that it was made for.
GRANT SELECT ON refinery_schema_history TO samlad_service;
