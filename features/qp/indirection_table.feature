Feature: Queue pairs that receive through an indirection table

  @qp-create-table
  Rule: A queue pair can name an indirection table

    @needs:rwq-ind-tbl @needs:qp-raw-packet
    Scenario: with a send completion queue and without one
      Given the device is open
      And an indirection table
      When RAW_PACKET queue pairs are created that receive through the indirection table
      Then every call succeeds

  @qp-create-table-excludes
  Rule: It cannot have anything else to receive with

    @needs:rwq-ind-tbl
    Scenario Outline: a <type> queue pair with a table and more
      Given the device is open
      And an indirection table
      When <type> queue pairs are created with the indirection table and what it excludes
      Then every call is refused

      @needs:qp-raw-packet
      Examples:
        | type       |
        | RAW_PACKET |

      @needs:qp-ud @needs:srq
      Examples:
        | type |
        | UD   |
