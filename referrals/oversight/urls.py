"""Trying a threshold document on past referrals."""

from django.urls import path

from referrals.oversight import views

app_name = "oversight"

urlpatterns = [
    path("backtests/", views.backtests, name="backtests"),
    path("backtests/<uuid:backtest_id>/", views.backtest, name="backtest"),
    path("backtests/<uuid:backtest_id>/stop/", views.stop, name="stop"),
]
