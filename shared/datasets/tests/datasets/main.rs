//! Files read: sound ones, cut ones, and ones that lie about themselves.

mod archive;
mod cifar;
mod corpus;
mod idx;
mod manifest;
mod sets;
mod table;
