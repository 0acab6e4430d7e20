Feature: What is in a file
  The list of handles of one type.

  @info-handles
  Rule: The list has every handle once

    @abi:uverbs
    Scenario: objects of every kind, made and ended
      Given the device is open
      Then the list of every kind of object has the handles of those in the file

  @info-handles-fd
  Rule: A channel is a 0 in it

    @abi:uverbs
    Scenario: channels of every kind
      Then the list of every kind of channel has a 0 for each

  @info-handles-room
  Rule: It is as long as there is room

    @abi:uverbs
    Scenario: room for fewer and for more
      Given the device is open
      Then a list of handles is as long as its room

  @info-handles-list
  Rule: There is a list, and it holds handles

    @abi:uverbs
    Scenario: lists of wrong lengths, and none
      Given the device is open
      When handles are asked for with a list of a wrong length, or none
      Then every call is refused

  @info-handles-unknown
  Rule: The type is one of the device

    @abi:uverbs
    Scenario: types nobody has
      Given the device is open
      When handles of unknown types are asked for
      Then every call is refused

  @info-handles-range
  Rule: The type has sixteen bits

    @abi:uverbs
    Scenario: larger numbers
      Given the device is open
      When handles of types beyond sixteen bits are asked for
      Then every call is refused

  @info-handles-total
  Rule: Room for the number is wanted

    @abi:uverbs
    Scenario: a list without its number
      Given the device is open
      When handles are asked for without room for their number
      Then the call is refused

  @info-handles-first
  Rule: A file without a context has no objects

    @abi:uverbs
    Scenario: lists before there is a context
      Then handles are listed in a file without a context, and there are none
