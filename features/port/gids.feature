Feature: GIDs of a port
  The table, its single entries, and what is refused about them.

  @gid-table
  Rule: The table has every GID once

    @abi:uverbs
    Scenario: the table beside queries for each of its places
      Given the device is open
      Then the table of GIDs is what the queries for single ones say

  @gid-table-room
  Rule: There is room for all of them

    @abi:uverbs
    Scenario: room for fewer
      Given the device is open
      When the table of GIDs is asked for with too little room
      Then every call is refused

  @gid-table-entry-size
  Rule: The room is a number of entries

    @abi:uverbs
    Scenario: entries of no bytes, and room that is no multiple
      Given the device is open
      When the table of GIDs is asked for in entries that do not fit the room
      Then every call is refused

  @gid-table-entry-cut
  Rule: Entries have the size that is asked for

    @abi:uverbs
    Scenario: smaller and larger entries
      Given the device is open
      Then entries of other sizes begin alike and end in zeros

  @gid-entry-port
  Rule: The port is one of the device

    @abi:uverbs
    Scenario: ports the device does not have
      Given the device is open
      When GIDs of ports that are none are asked for
      Then every call is refused

  @gid-entry-index
  Rule: The index is in the table

    @abi:uverbs
    Scenario: indexes beyond the table
      Given the device is open
      When GIDs beyond the tables are asked for
      Then every call is refused

  @gid-entry-empty
  Rule: The entry is not empty

    @abi:uverbs @needs:gid-empty
    Scenario: every empty entry
      Given the device is open
      When empty entries are asked for
      Then every call is refused

  @gid-flags
  Rule: There are no flags

    @abi:uverbs
    Scenario: flags in both queries
      Given the device is open
      When GIDs are asked for with a flag
      Then every call is refused
