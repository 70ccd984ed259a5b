select referrer, reference from Refs where referrer != reference
