lifecycle --platform server --scenario local --events Smoke,Smoke
