"""Studies that chapters show: each trains what its chapter talks about and draws its pictures."""
