lifecycle --platform server --scenario local --events ApplicationStop,DownloadBundle,Smoke,,
