"""The demo: three simulated candidates and one recruiter, who use botapp as people do, over HTTP and nothing else."""
