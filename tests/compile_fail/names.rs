//! A name that does not exist is rustc's own error at the name.

glowplug::ddl! {
    table session {
        emial: default "x"; //~ E0425 emial
        email: default "x";
        unique (emial); //~ E0425 emial
        unique named (id, emial); //~ E0425 emial
        index (emial desc); //~ E0425 emial
        index ("lower(email)", emial); //~ E0425 emial
        index (id) include (emial); //~ E0425 emial
        foreign key (org) references org (id); //~ E0425 org
        foreign key (org_id) references org (idd); //~ E0425 idd
        foreign key (org_id) references ogr (id); //~ E0433 ogr
        foreign key (org_id) references crate::schema::org (nmae); //~ E0425 nmae
        primary key session_key (idd); //~ E0425 idd
        asc: identity; //~ E0425 asc
    }

    materialized_view session "SELECT 1" { index (emial); } //~ E0425 emial
    materialized_view session { postgres "SELECT 1" } { index (id) include (emial); } //~ E0425 emial
    materialized_view daily "SELECT 1" { index (id); } //~ E0433 daily
    materialized_view "Odd view" "SELECT 1" { index (id); } //~ E0425 id
    materialized_view audit.daily "SELECT 1" { index (id); } //~ E0425 id

    table sesion { id: identity; } //~ E0433 sesion
    table sesion {} //~ E0433 sesion
    table crate::schema::sesion {} //~ E0433 sesion
}
