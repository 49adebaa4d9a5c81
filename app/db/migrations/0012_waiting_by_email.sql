-- An applicant who has lost the letter asks for it by the address of the waiting application.
CREATE INDEX applications_email ON applications (lower(email), sent_at) WHERE state = 'waiting';
