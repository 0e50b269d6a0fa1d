#!/bin/sh
kubectl get --raw /readyz
