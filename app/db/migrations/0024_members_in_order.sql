-- The members are printed in the order in which they were confirmed, some at a time.
CREATE INDEX members_confirmed ON members (confirmed_at, id);
