-- Run once, when the volume is empty.
CREATE DATABASE catalog;
CREATE DATABASE inventory;
CREATE DATABASE ordering;
CREATE DATABASE payment;
CREATE DATABASE notification;
CREATE DATABASE paymentsimulator;
