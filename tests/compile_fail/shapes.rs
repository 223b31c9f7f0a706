//! A known word in a wrong shape never compiles.

glowplug::ddl! {
    table session "x"; //~ E0599 table
    view active; //~ E0599 view
    materialized_view day "SELECT 1" { index "id"; } //~ E0599 index
    materialized_view day "SELECT 1" { index ("id") using; } //~ E0599 using
    view day "SELECT 1" { index ("id"); } //~ E0599 view
    extension citext "x"; //~ E0599 extension
    domain email; //~ E0599 domain
    domain email { type "text"; not null "x"; } //~ E0599 not
    domain email { type "text"; default; } //~ E0599 default
    domain email { type "text"; check shape; } //~ E0599 check
    domain email { type "text"; comment; } //~ E0599 comment
    composite address { street "text" } { comment; } //~ E0599 composite
    composite address "x"; //~ E0599 composite
    sequence counter "5"; //~ E0599 sequence
    sequence counter { start 5 } //~ E0308 5
    sequence counter { comment 5 } //~ E0308 5
    range floats {} //~ E0599 range
    enum mood ("sad", 5); //~ E0308 5

    table session {
        unique email; //~ E0599 unique
        unique ("email"); //~ E0599 unique
        unique (); //~ E0599 unique
        unique (email) index (id); //~ E0425 index
        unique (email) nulls distinct; //~ E0599 nulls
        unique (email) deferrable deferrable; //~ E0599 deferrable
        unique (email desc asc); //~ E0599 asc
        unique (email collate); //~ E0599 collate
        unique (email) on conflict; //~ E0599 on
        primary key (id) on conflict replace on conflict replace; //~ E0599 on
        check "id > 0" on delete; //~ E0599 on
        primary key session_key (id) nulls not distinct; //~ E0599 nulls
        check "id > 0" no valid; //~ E0599 no
        check "id > 0" not valid not valid; //~ E0599 not
        exclude; //~ E0599 exclude
        exclude "USING hash (id WITH =)" include (id); //~ E0599 include
        foreign key (org_id) references org (id) not null; //~ E0599 not
        index (id) with "a = 1" with "b = 2"; //~ E0599 with
        id: storage "main", storage "plain"; //~ E0599 storage
        index email; //~ E0599 index
        index (email desc desc); //~ E0599 desc
        index (email asc desc); //~ E0599 desc
        index (email nulls); //~ E0599 nulls
        index (email collate); //~ E0599 collate
        index (email("a")); //~ E0308 "a"
        index (email) using; //~ E0599 using
        index (email) include email; //~ E0599 include
        index (email) using gin using btree; //~ E0599 using
        check; //~ E0599 check
        check 5; //~ E0308 5
        foreign key (org_id); //~ E0599 key
        foreign key (org_id) references org; //~ E0599 references
        foreign key (org_id) references "org" (id); //~ E0599 references
        foreign key (org_id) references org (id) on delete; //~ E0599 delete
        foreign key (org_id) references org (id) on delete set; //~ E0599 set
        foreign key (org_id) references org (id) on delete no action on delete cascade; //~ E0599 delete
        primary key (id); //~ E0599 key
        primary; //~ E0599 primary
        no primary; //~ E0599 primary
        no primary key session_key; //~ E0599 primary
        strict "x"; //~ E0599 strict
        without rowid "x"; //~ E0599 rowid
        engine; //~ E0599 engine
        engine 5; //~ E0308 5
        options "x"; //~ E0599 options
        comment; //~ E0599 comment
        id: identity, serial; //~ E0599 serial
        id: rowid, unassigned; //~ E0599 unassigned
        email: default; //~ E0599 default
        email: default 5; //~ E0308 5
        email: default 'x'; //~ E0308 'x'
        email: default "a", default "b"; //~ E0599 default
        email: default "a" collate "C"; //~ E0425 collate
        email: not null; //~ E0599 not
        email: not null named there, not null on conflict fail; //~ E0599 not
        email: not null on conflict fail, default "a", not null named there; //~ E0599 not
        email: default { sqlite "x", sqlite "y" }; //~ E0062 sqlite
        email: generated "x"; //~ E0599 generated
        email: collate; //~ E0599 collate
        email: comment; //~ E0599 comment
    }
}
