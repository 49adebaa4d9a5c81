-- The column gets the name that the program has for it: the page whose autosave wrote the section last; '': a button did.
ALTER TABLE sections RENAME COLUMN quiet TO autosave_page;
