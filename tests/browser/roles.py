"""A job advert of our own with what a recruiter writes beside it."""

ADVERT = """\
Van Driver, Early Mornings
Millbrook Bakery, Sheffield

We bake through the night and bring bread to ninety cafes and schools before eight. We are
looking for a driver who likes quiet roads and gets on with people.

What you will do
- Load the van in the order of the route and check it against the list
- Deliver to about thirty customers a morning
- Deal with customer complaints when something is missing
- Report damage to the van on the same day

What you need
- At least 2 years of experience as a delivery driver
- Able to work nights and weekends
- Able to lift 15 kg
- You must have the right to work in the UK

Nice to have
- A driving licence for vans up to 3.5 t

What we offer
Pay: £13.80 per hour, paid every two weeks
Place: Millbrook Yard, 4 Mill Lane, Sheffield S3
Benefits: 28 days of holiday and free bread
Training: one week beside an experienced driver"""
INSTRUCTIONS = "Text screen first, resume last."
