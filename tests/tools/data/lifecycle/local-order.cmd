lifecycle --platform server --scenario local --events Install,DownloadBundle,oops
