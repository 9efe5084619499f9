module example.com/bench/go-reconcile

go 1.22
