#!/bin/sh
curl -sfL https://get.k3s.io | sh -
