Feature: XRC domains
  Their lifetime, and what keeps them alive.

  @xrcd-create
  Rule: An XRC domain can be created

    @needs:xrcd
    Scenario: a XRC domain
      Given the device is open
      When a XRC domain is created
      Then the call succeeds

  @xrcd-destroy
  Rule: An XRC domain that nothing uses can be destroyed

    @needs:xrcd
    Scenario: a XRC domain once and again
      Given the device is open
      And a XRC domain
      When the XRC domain is destroyed
      Then the call succeeds
      And the XRC domain is gone

    @needs:xrcd
    Scenario: more XRC domains one after the other than fit at once
      Given the device is open
      Then XRC domains can be created and destroyed one after the other more often than fit at once

  @xrcd-destroy-busy
  Rule: An XRC domain in use cannot be destroyed

    @needs:qp-xrc-tgt
    Scenario: a XRC domain used by a queue pair of type XRC_TGT
      Given the device is open
      And a XRC domain
      And a XRC_TGT queue pair that uses the XRC domain
      When the XRC domain is destroyed
      Then the call is refused
      And the XRC domain can still be used
      And the XRC domain can still be destroyed once what uses it is gone
