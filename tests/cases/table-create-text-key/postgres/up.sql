-- `country` is new.
CREATE TABLE "country" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    CONSTRAINT "country_pkey" PRIMARY KEY ("code")
);

-- `ticket` is new.
CREATE TABLE "ticket" (
    "id" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    CONSTRAINT "ticket_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "ticket_code_fkey" FOREIGN KEY ("code") REFERENCES "country" ("code")
);
