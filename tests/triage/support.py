"""A front door that has received a referral, and its people at the desk."""
