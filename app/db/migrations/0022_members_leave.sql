-- When a member leaves, the database notes it by itself, so that nobody has to look over all consents for members that
-- are no more. left_at is 0 until the program has seen it.
CREATE TRIGGER members_leave AFTER DELETE ON members
BEGIN INSERT INTO former_members (member, left_at) VALUES (OLD.id, 0); END;
