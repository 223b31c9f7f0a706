CREATE TABLE session (
    id INTEGER CONSTRAINT the_key PRIMARY KEY,
    email TEXT CONSTRAINT email_there NOT NULL CONSTRAINT email_empty DEFAULT '' CONSTRAINT email_case COLLATE NOCASE,
    plan TEXT CONSTRAINT plan_known CHECK (plan <> ''),
    CONSTRAINT twin CHECK (length(email) < 99),
    CONSTRAINT twin UNIQUE (email, plan)
);
