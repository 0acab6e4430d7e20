Feature: Indirection tables
  Their sizes, their lifetime, and what keeps them alive.

  @rwq-ind-tbl-create
  Rule: Tables of every power of two can be created

    @needs:rwq-ind-tbl
    Scenario: sizes from one to the maximum
      Given the device is open
      When indirection tables of every size up to the maximum are created
      Then every call succeeds

  @rwq-ind-tbl-power
  Rule: Other sizes are refused

    @needs:rwq-ind-tbl
    Scenario: sizes that are no power of two
      Given the device is open
      When indirection tables of sizes that are no power of two are created
      Then every call is refused

  @rwq-ind-tbl-maximum
  Rule: More entries than the maximum are refused

    @needs:rwq-ind-tbl
    Scenario: sizes above the maximum
      Given the device is open
      When indirection tables above the maximum are created
      Then every call is refused

  @rwq-ind-tbl-unknown
  Rule: Every entry must name a work queue

    @needs:rwq-ind-tbl
    Scenario: the second entry names nothing
      Given the device is open
      When an indirection table with an entry that names nothing is created
      Then the call is refused
      And the work queue is still unused

  @rwq-ind-tbl-destroy
  Rule: A table that nothing uses can be destroyed

    @needs:rwq-ind-tbl
    Scenario: an indirection table once and again
      Given the device is open
      And an indirection table
      When the indirection table is destroyed
      Then the call succeeds
      And the indirection table is gone

    @needs:rwq-ind-tbl
    Scenario: more indirection tables one after the other than fit at once
      Given the device is open
      Then indirection tables can be created and destroyed one after the other more often than fit at once

  @rwq-ind-tbl-destroy-busy
  Rule: A table in use cannot be destroyed

    @needs:rwq-ind-tbl @needs:qp-raw-packet
    Scenario: an indirection table that a queue pair receives through
      Given the device is open
      And an indirection table
      And a RAW_PACKET queue pair that receives through the indirection table
      When the indirection table is destroyed
      Then the call is refused
      And the indirection table can still be used
      And the indirection table can still be destroyed once what uses it is gone
