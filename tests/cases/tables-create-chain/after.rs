diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    a_leaf (id) {
        id -> Integer,
        m_id -> Integer,
    }
}

diesel::table! {
    m_branch (id) {
        id -> Integer,
        z_id -> Integer,
    }
}

diesel::table! {
    z_root (id) {
        id -> Integer,
        org_id -> Integer,
    }
}

glowplug::ddl! {
    table a_leaf {
        foreign key (m_id) references m_branch (id);
    }

    table m_branch {
        foreign key (z_id) references z_root (id) on delete cascade;
    }

    table z_root {
        foreign key (org_id) references org (id);
    }
}
