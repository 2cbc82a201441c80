-- A report is its stream, one to a few events: it is folded when it is read, and needs no row beside the log.
DROP TABLE report_view;
