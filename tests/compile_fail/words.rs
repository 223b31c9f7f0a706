//! An unknown word is rustc's own error at the word.

glowplug::ddl! {
    tabel session { id: identity; } //~ E0425 tabel
    vew active "SELECT 1"; //~ E0425 vew
    materialized_view day "SELECT 1" { indx ("id"); } //~ E0425 indx
    materialized_view day "SELECT 1" { index ("id") wher "x"; } //~ E0425 wher
    domian email "text"; //~ E0425 domian
    sequence counter { strat "5" } //~ E0560 strat
    range floats { subtyp "float8" } //~ E0560 subtyp
    domain email { typ "text"; } //~ E0425 typ
    domain email { type "text"; chek "VALUE > 1"; } //~ E0425 chek
    domain email { type "text"; check "VALUE > 1" not vaild; } //~ E0425 vaild

    table session {
        uniqe (email); //~ E0425 uniqe
        indx (email); //~ E0425 indx
        cascade; //~ E0425 cascade
        stric; //~ E0425 stric
        without rowwid; //~ E0425 rowwid
        foreign kye (org_id) references org (id); //~ E0425 kye
        foreign key (org_id) reference org (id); //~ E0425 reference
        foreign key (org_id) references org (id) on delte cascade; //~ E0425 delte
        foreign key (org_id) references org (id) on delete cascad; //~ E0425 cascad
        foreign key (org_id) references org (id) deferable; //~ E0425 deferable
        foreign key (org_id) references org (id) deferrable initially defered; //~ E0425 defered
        index (email dsc); //~ E0425 dsc
        index (email nulls frist); //~ E0425 frist
        index (email) were "id > 0"; //~ E0425 were
        unique index (email) usin gin; //~ E0425 usin
        unique (email dsc); //~ E0425 dsc
        unique (email) on conflict replac; //~ E0425 replac
        email: not null on conflict ignor; //~ E0425 ignor
        email: defualt "x"; //~ E0425 defualt
        email: default "x", colate "C"; //~ E0425 colate
        id: identiy; //~ E0425 identiy
        id: identity allways; //~ E0425 allways
        email: generated "x" storred; //~ E0425 storred
        email: default { sqlit "x" }; //~ E0560 sqlit
        email: default now; //~ E0425 now
        email: type numeric(12, 2); //~ E0425 numeric
        check status_known; //~ E0425 status_known
        engine InnoDB; //~ E0425 InnoDB
    }
}
